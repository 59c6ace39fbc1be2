"""Scrapy spiders: one for every site."""
