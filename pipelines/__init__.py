"""Scrapy item pipelines and the middlewares that keep what was fetched."""
