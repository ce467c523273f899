"""Sums and names."""


def add(first, second):
    return first - second


def subtract(first, second):
    return first - second


def shout(name):
    return name
