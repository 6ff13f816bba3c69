// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes docs/pictures/*.svg of what the built program prints on a terminal: {@code java tools/pages/Pictures.java}. It
 * needs script(1), and runs a host of its own.
 */
public final class Pictures {

    private static final int COLUMNS = 80;
    private static final int MOST_LINES = 26;
    private static final double WIDTH = 8.5;
    private static final int HEIGHT = 19;
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(\\d*)m");
    private static final Map<String, String> COLOURS =
            Map.of("31", "#ff7b72", "32", "#7ee787", "35", "#d2a8ff", "36", "#79c0ff");

    private final Path program = Path.of("distribution/target/jobyard").toRealPath();
    private final Path home = Files.createTempDirectory("jobyard-pictures-");
    private final Path instance = home.resolve("jobyard");

    private Pictures() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        Pictures pictures = new Pictures();
        pictures.draw("demo", "bin/jobyard demo");
        pictures.terminal("(umask 077; mkdir -p $JOBYARD_INSTANCE/etc)");
        pictures.configure("limits-openai", "rate.tokens = 1000/h burst 1000");
        pictures.configure("worker", "worker.threads = 99");
        pictures.terminal("bin/jobyard start");
        try {
            String submit = "bin/jobyard submit echo {} --limits openai --estimate tokens=900";
            pictures.terminal(submit + " --await");
            String id = pictures.terminal(submit).split(" ")[0];
            pictures.terminal("bin/jobyard submit wordcount {}");
            pictures.draw("explain", "bin/jobyard explain " + id.substring(id.length() - 6));
            pictures.draw("doctor", "bin/jobyard doctor");
        } finally {
            pictures.terminal("bin/jobyard stop");
        }
        pictures.terminal("rm -rf " + pictures.home);
    }

    private void configure(String name, String line) throws IOException {
        Files.writeString(instance.resolve("etc/io.jobyard." + name + ".cfg"), line + "\n");
    }

    private void draw(String name, String command) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        lines.add("$ " + command);
        for (String line : terminal(command).split("\\r*\\n")) {
            // What a bar drew over is not seen.
            String last = named(line.substring(line.lastIndexOf('\r') + 1));
            for (; last.length() > COLUMNS; last = last.substring(COLUMNS)) {
                lines.add(last.substring(0, COLUMNS));
            }
            lines.add(last);
        }
        while (lines.size() > MOST_LINES) {
            lines.set(MOST_LINES / 2, "   …");
            lines.remove(MOST_LINES / 2 + 1);
        }
        Path picture = Path.of("docs/pictures", name + ".svg");
        Files.createDirectories(picture.getParent());
        Files.writeString(picture, svg(command, lines));
        System.out.println(picture);
    }

    /** With the names of a user like any other. */
    private String named(String line) {
        return line.replace(home.toString(), "/home/ann")
                .replace(program.toString(), "/opt/jobyard")
                .replace(System.getProperty("user.home"), "/home/ann")
                .replace(System.getProperty("user.name"), "ann");
    }

    /** What a terminal gets to see. */
    private String terminal(String command) throws IOException, InterruptedException {
        String sized = "stty cols " + COLUMNS + " rows 50; " + command;
        ProcessBuilder script = new ProcessBuilder("script", "-qec", sized, "/dev/null");
        script.directory(program.toFile());
        script.environment().putAll(Map.of("JOBYARD_INSTANCE", instance.toString(), "TERM", "xterm", "TZ", "UTC"));
        script.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process = script.redirectErrorStream(true).start();
        String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String bar = "[^\\n]*\\n(?=\u001b\\[1A)";
        return all.replaceAll(bar, "").replaceAll("\u001b\\[[0-9;?]*[A-Za-ln-z]|\u001b[=>]", "");
    }

    private static String svg(String title, List<String> lines) {
        int width = (int) (COLUMNS * WIDTH) + 32;
        int height = lines.size() * HEIGHT + 28;
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <title>%s</title>
                <rect width="100%%" height="100%%" rx="8" fill="#0d1117"/>
                <g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14"
                    fill="#e6edf3">
                """.formatted(width, height, width, height, escaped(title)));
        for (int i = 0; i < lines.size(); i++) {
            line(svg, lines.get(i), 28 + i * HEIGHT);
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static void line(StringBuilder svg, String line, int y) {
        Matcher colour = COLOUR.matcher(line);
        String fill = line.startsWith("$ ") ? "#ffffff\" font-weight=\"bold" : null;
        int column = 0;
        int begin = 0;
        while (colour.find()) {
            column = text(svg, line.substring(begin, colour.start()), column, y, fill);
            fill = COLOURS.get(colour.group(1));
            begin = colour.end();
        }
        text(svg, line.substring(begin), column, y, fill);
    }

    /** As wide as its columns in any font; the column behind it. */
    private static int text(StringBuilder svg, String text, int column, int y, String fill) {
        String seen = text.strip();
        if (!seen.isEmpty()) {
            svg.append("<text xml:space=\"preserve\" x=\"%.1f\" y=\"%d\" textLength=\"%.1f\"%s>%s</text>%n".formatted(
                    16 + (column + text.indexOf(seen)) * WIDTH, y, seen.length() * WIDTH,
                    fill == null ? "" : " fill=\"" + fill + "\"", escaped(seen)));
        }
        return column + text.length();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
