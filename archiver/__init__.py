"""Warraq archives Arabic news: `extract_article` reads one page, `parse_date` one printed date."""
