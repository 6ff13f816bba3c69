// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plot of the rates of the first jobs by depth of the queue, as SVG. Both axes are logarithmic. */
final class DepthPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int RIGHT = 230;
    private static final int TOP = 20;
    private static final int BOTTOM = 45;
    private static final double LEAST_RATE = 10;
    private static final double MOST_RATE = 100_000;
    private static final List<String> COLOURS =
            List.of("#0b6e4f", "#1b4f9c", "#b0413e", "#8a6d00", "#6a3d9a", "#00798c", "#b15928", "#555555");

    private static final Map<Value, Integer> DEPTHS =
            Map.of(Value.DEPTH_10_000, 10_000, Value.DEPTH_100_000, 100_000, Value.DEPTH_1_000_000, 1_000_000);

    private final StringBuilder svg = new StringBuilder();

    private DepthPlot() {}

    static void write(Path file, Map<String, Map<Value, Double>> contenders) throws IOException {
        Files.writeString(file, new DepthPlot().draw(contenders));
    }

    private String draw(Map<String, Map<Value, Double>> contenders) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT);
        add("<title>Rate of the first 10,000 jobs by depth of the queue</title>");
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        for (double rate = LEAST_RATE; rate <= MOST_RATE; rate *= 10) {
            add("<path d=\"M%d %.1fH%d\" stroke=\"#dddddd\"/>", LEFT, y(rate), WIDTH - RIGHT);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>", LEFT - 8, y(rate) + 4, rate);
        }
        for (int depth : DEPTHS.values()) {
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>", x(depth), HEIGHT - BOTTOM + 18, depth);
        }
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">queued jobs</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8);
        add("<text x=\"4\" y=\"%d\">jobs/s</text>", TOP - 6);
        int number = 0;
        for (Map.Entry<String, Map<Value, Double>> contender : contenders.entrySet()) {
            line(number++, contender.getKey(), contender.getValue());
        }
        return svg.append("</svg>\n").toString();
    }

    private void line(int number, String title, Map<Value, Double> rates) {
        String colour = COLOURS.get(number % COLOURS.size());
        StringBuilder path = new StringBuilder();
        rates.forEach((value, rate) -> path.append(
                String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x(DEPTHS.get(value)), y(rate))));
        add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
        rates.forEach((value, rate) ->
                add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(DEPTHS.get(value)), y(rate), colour));
        int legend = TOP + 14 + 20 * number;
        add("<path d=\"M%d %dh20\" stroke=\"%s\" stroke-width=\"2\"/>", WIDTH - RIGHT + 25, legend - 4, colour);
        add("<text x=\"%d\" y=\"%d\">%s</text>", WIDTH - RIGHT + 52, legend, title);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static double x(double depth) {
        return LEFT + 25 + (WIDTH - LEFT - RIGHT - 50) * (Math.log10(depth) - 4) / 2;
    }

    private static double y(double rate) {
        double share = Math.log10(Math.max(LEAST_RATE, rate) / LEAST_RATE) / Math.log10(MOST_RATE / LEAST_RATE);
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
    }
}
