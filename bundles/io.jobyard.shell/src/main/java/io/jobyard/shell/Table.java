// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Columns that fit the screen: the widest give way. Numbers stand to the right. */
final class Table {

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
        int[] widths = widths(screen.width());
        screen.line(line(List.<Object>of((Object[]) headings).toArray(), widths, null));
        rows.forEach(row -> screen.painted(line(row, widths, screen)));
    }

    private int[] widths(int screen) {
        int[] widths = new int[headings.length];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Stream.concat(
                            Stream.of(headings[i].length()),
                            rows.stream().map(row -> text(row[column]).length()))
                    .mapToInt(Integer::intValue)
                    .max()
                    .orElse(0);
        }
        for (int over = total(widths) - screen; over > 0; over--) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    private String line(@Nullable Object[] cells, int[] widths, @Nullable Screen screen) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String text = cut(text(cells[i]), widths[i]);
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
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static String text(@Nullable Object cell) {
        return cell == null ? "" : Screen.plain(cell.toString());
    }
}
