package io.flaremail.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What was measured: one figure a round under each name. Noise that lasts longer than a round cancels out in ratios. */
final class Samples {
    private final Map<String, List<Double>> rounds = new LinkedHashMap<>();

    void add(String name, double figure) {
        rounds.computeIfAbsent(name, any -> new ArrayList<>()).add(figure);
    }

    double median(String name) {
        return median(of(name));
    }

    double sum(String name) {
        return of(name).stream().mapToDouble(Double::doubleValue).sum();
    }

    int count(String name) {
        return of(name).size();
    }

    /** The median of the rounds' ratios. */
    double ratio(String name, String divisor) {
        return median(ratios(name, divisor));
    }

    /** The rounds' lowest and highest ratio. */
    String spread(String name, String divisor) {
        List<Double> sorted = ratios(name, divisor).stream().sorted().toList();
        return figure(sorted.get(0)) + " to " + figure(sorted.get(sorted.size() - 1));
    }

    /** Three digits, or two where there are none to spare. */
    static String figure(double value) {
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f", value);
    }

    private List<Double> ratios(String name, String divisor) {
        List<Double> above = of(name);
        List<Double> below = of(divisor);
        return IntStream.range(0, Math.min(above.size(), below.size()))
                .mapToObj(i -> above.get(i) / below.get(i))
                .toList();
    }

    private List<Double> of(String name) {
        List<Double> figures = rounds.get(name);
        if (figures == null) {
            throw new IllegalArgumentException("not measured: " + name);
        }
        return figures;
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
