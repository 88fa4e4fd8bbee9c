// What the page reads out of the server's figures for Prometheus.

/** The mean time of each stage of the work, in seconds, the longest first; those that ran since the server began. */
export function stageTimes(text) {
    const sums = new Map();
    for (const [, part, stage,
        value] of text.matchAll(/^lik_stage_duration_seconds_(sum|count)\{stage="([a-z_]+)"\} (\S+)$/gm)) {
        sums.set(stage, { ...sums.get(stage), [part]: Number(value) });
    }
    return [...sums].filter(([, { count }]) => count > 0)
        .map(([stage, { sum, count }]) => ({ stage, seconds: sum / count })).sort((a, b) => b.seconds - a.seconds);
}
