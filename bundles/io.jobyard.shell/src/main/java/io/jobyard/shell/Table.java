// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Table that fits the terminal. On a narrow terminal, ids within texts are shortened to their ends, then the longest
 * texts are cut, but never ids, times, states and numbers. Numbers are aligned to the right.
 */
final class Table {

    private static final Set<String> WHOLE = Set.of("ID", "AT", "CREATED", "READY", "STATUS", "STATE");
    private static final String GAP = "  ";
    private static final int NARROWEST = 4;

    private final String[] headings;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = headings;
    }

    void row(@Nullable Object... cells) {
        rows.add(cells);
    }

    void print(Screen screen) {
        List<String[]> lines = new ArrayList<>();
        lines.add(headings);
        rows.forEach(row -> lines.add(Stream.of(row).map(Table::text).toArray(String[]::new)));
        int[] widths = widths(lines);
        if (total(widths) > screen.width()) {
            lines.replaceAll(line -> Stream.of(line).map(JobText::endings).toArray(String[]::new));
            widths = narrowed(widths(lines), screen.width());
        }
        screen.line(line(lines.get(0), widths, null));
        for (String[] line : lines.subList(1, lines.size())) {
            screen.painted(line(line, widths, screen));
        }
    }

    private int[] widths(List<String[]> lines) {
        return IntStream.range(0, headings.length)
                .map(column -> lines.stream()
                        .mapToInt(line -> line[column].length())
                        .max()
                        .orElse(0))
                .toArray();
    }

    private int[] narrowed(int[] widths, int screen) {
        int[] cut = IntStream.range(0, widths.length)
                .filter(column -> !WHOLE.contains(headings[column]) && !isNumber(column))
                .toArray();
        for (int over = total(widths) - screen; over > 0 && cut.length > 0; over--) {
            int widest = cut[0];
            for (int column : cut) {
                widest = widths[column] > widths[widest] ? column : widest;
            }
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int total(int[] widths) {
        return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private String line(String[] cells, int[] widths, @Nullable Screen screen) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = cut(cells[i], widths[i]);
            String space = " ".repeat(widths[i] - text.length());
            String shown = screen == null ? text : screen.paint(text);
            line.append(isNumber(i) ? space + shown : shown + space).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private boolean isNumber(int column) {
        return rows.stream().anyMatch(row -> row[column] instanceof Number)
                && rows.stream().allMatch(row -> row[column] == null || row[column] instanceof Number);
    }

    static String cut(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(width - 2)) ? width - 2 : width - 1;
        return text.substring(0, end) + "…";
    }

    private static String text(@Nullable Object cell) {
        return cell == null ? "" : Screen.plain(cell.toString());
    }
}
