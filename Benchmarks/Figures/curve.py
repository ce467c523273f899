"""Draws a run's memory over time."""

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 760, 300, 56, 40, 28
COLOURS = {"resident": "#1f6feb", "anonymous": "#d4750b"}


def svg(rows, title):
    """`rows`: (session, seconds, resident MiB, anonymous MiB); sessions follow each other, a dashed line between them."""
    points, shift, last, breaks = [], 0.0, None, []
    for session, seconds, resident, anonymous in rows:
        if last is not None and session != last[0]:
            shift += last[1] + 2
            breaks.append(shift - 1)
        last = (session, seconds)
        points.append((shift + seconds, resident, anonymous))
    longest, most = max(p[0] for p in points) or 1, max(p[1] for p in points)
    top = -(-most // 20) * 20

    def place(x, y):
        return (LEFT + x / longest * (WIDTH - LEFT - 16), HEIGHT - BOTTOM - y / top * (HEIGHT - BOTTOM - TOP))

    def path(column):
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(p[0], p[column]) for p in points))

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
             f'<text x="{LEFT}" y="18" font-weight="bold">{title}</text>']
    for mib in range(0, int(top) + 1, 20):
        x, y = place(0, mib)
        parts.append(f'<line x1="{x}" x2="{WIDTH - 16}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>'
                     f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{mib}</text>')
    for moment in breaks:
        x, _ = place(moment, 0)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="#888888" stroke-dasharray="4 3"/>'
                     f'<text x="{x - 4:.1f}" y="{TOP + 12}" text-anchor="end">SIGKILL, gone on with</text>')
    for column, (name, colour) in enumerate(COLOURS.items(), start=1):
        parts.append(f'<polyline points="{path(column)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{LEFT + 8 + 180 * (column - 1)}" y="{HEIGHT - 8}" fill="{colour}">{name} memory, MiB</text>')
    parts.append(f'<text x="{WIDTH - 16}" y="{HEIGHT - 8}" text-anchor="end">{longest:.0f} s wall time</text></svg>')
    return "\n".join(parts) + "\n"
