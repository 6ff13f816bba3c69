// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tables in docs/reference/permissions.md, made from the code. With {@code -Djobyard.docs.write=true} they are written. */
final class PermissionsPage {

    private static final Path PAGE = Path.of("../../docs/reference/permissions.md");
    private static final String BEGIN = "<!-- made from the code: begin -->\n";
    private static final String END = "<!-- made from the code: end -->";

    private PermissionsPage() {}

    static String table() {
        StringBuilder text = new StringBuilder("| Permission | What it allows |\n|---|---|\n");
        for (Permission permission : Permission.values()) {
            text.append("| `%s` | %s |%n".formatted(permission.text(), permission.meaning()));
        }
        text.append("\n| To | one's own | others' |\n|---|---|---|\n");
        for (AccessRule operation : AccessRule.values()) {
            String own = operation.needs(true).text();
            String others = operation.needs(false).text();
            text.append("| %s | `%s` | `%s` |%n".formatted(operation.words(), own, others));
        }
        return text.toString();
    }

    static String read() {
        try {
            String page = Files.readString(PAGE);
            if (Boolean.getBoolean("jobyard.docs.write")) {
                int begin = page.indexOf(BEGIN) + BEGIN.length();
                page = page.substring(0, begin) + "\n" + table() + "\n" + page.substring(page.indexOf(END));
                Files.writeString(PAGE, page);
            }
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
