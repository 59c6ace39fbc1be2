"""The views for the common questions."""

VIEWS = {
    "articles_per_day": """
        SELECT site, substr(published_at, 1, 10) AS day, count(*) AS articles
        FROM articles WHERE length(published_at) >= 10 GROUP BY site, substr(published_at, 1, 10)""",
    "articles_per_month": """
        SELECT site, substr(published_at, 1, 7) AS month, count(*) AS articles
        FROM articles WHERE length(published_at) >= 7 GROUP BY site, substr(published_at, 1, 7)""",
    "outcomes_per_site": """
        SELECT sites.name AS site, fetches.outcome, count(*) AS fetches, max(fetches.fetched_at) AS last_at
        FROM fetches JOIN sites ON sites.id = fetches.site_id GROUP BY sites.name, fetches.outcome""",
    "field_coverage": """
        SELECT site, count(*) AS articles, count(title) AS title, count(published_at) AS published_at,
               count(body) AS body, count(section) AS section,
               (SELECT count(DISTINCT x.article_id) FROM authors x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS authors,
               (SELECT count(DISTINCT x.article_id) FROM images x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS images,
               (SELECT count(DISTINCT x.article_id) FROM breadcrumbs x JOIN articles a ON a.id = x.article_id
                WHERE a.site = articles.site) AS breadcrumbs
        FROM articles GROUP BY site""",
    "see_also": """
        SELECT source.site, source.url AS from_url, source.title AS from_title, links.kind,
               links.url AS to_url, links.title AS to_title, links.target_article_id IS NOT NULL AS archived
        FROM links JOIN articles source ON source.id = links.article_id""",
    "copies": """
        SELECT m.cluster_id, m.part, a.site, a.published_at, a.first_fetched_at, a.title, a.url, m.article_id
        FROM copy_members m JOIN articles a ON a.id = m.article_id""",
    "copy_clusters": """
        SELECT m.cluster_id, count(*) AS articles, count(DISTINCT a.site) AS sites,
               min(substr(a.published_at, 1, 10)) AS earliest_day, max(substr(a.published_at, 1, 10)) AS latest_day
        FROM copy_members m JOIN articles a ON a.id = m.article_id GROUP BY m.cluster_id""",
    "copy_pairs": """
        SELECT l.kind, l.jaccard, l.share, l.share_of_other, l.shared_words,
               a.site, a.published_at, a.title, a.url, l.article_id, o.site AS other_site,
               o.published_at AS other_published_at, o.title AS other_title, o.url AS other_url, l.other_id
        FROM copy_links l JOIN articles a ON a.id = l.article_id JOIN articles o ON o.id = l.other_id""",
    "article_sources": """
        SELECT articles.url, articles.title, provenance.field, provenance.source, provenance.locator, provenance.raw
        FROM provenance JOIN articles ON articles.id = provenance.article_id""",
}
"""Answers to the common questions, as SQL views: name -> SELECT."""

VIEWS_IN_WORDS = {
    "articles_per_day": "How much each site published, by the publisher's own days; undated ones are left out.",
    "articles_per_month": "The same month by month.",
    "outcomes_per_site": "What came of the tries at each site's addresses, how often and when last: docs/outcomes.md.",
    "field_coverage": "How many of each site's articles have a title, a date, a text and so on.",
    "see_also": "Which article links to which in «شاهد أيضاً» and its kin, and whether that one is archived too.",
    "copies": "The articles of every cluster of copies: docs/duplicates.md tells what a cluster is.",
    "copy_clusters": "How large each cluster is, on how many sites, and its first and last day, by the sites' clocks.",
    "copy_pairs": "Any two articles that share text, with how much of each stands in the other.",
    "article_sources": "Where each field of each article was found, with the text it was read from.",
}
"""What each of them answers."""
