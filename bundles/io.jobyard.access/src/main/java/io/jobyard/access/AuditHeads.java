// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.StoreException;
import io.jobyard.settings.api.OwnFile;
import io.jobyard.spi.audit.AuditRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last known row of each incarnation's audit, in a file outside the database: one line {@code INCARNATION NUMBER SEAL} each. */
final class AuditHeads {

    record KeptHead(long number, String seal) {}

    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9]{1,18}) ([^ ]+)");

    private final Path file;

    AuditHeads(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    Map<UUID, KeptHead> read() {
        Map<UUID, KeptHead> heads = new TreeMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    Matcher words = LINE.matcher(line);
                    if (!words.matches()) {
                        throw new StoreException(file + " is damaged: restore it from a backup", null);
                    }
                    heads.put(
                            UUID.fromString(words.group(1)),
                            new KeptHead(Long.parseLong(words.group(2)), words.group(3)));
                }
            }
            return heads;
        } catch (IOException e) {
            throw new StoreException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(AuditRow last) {
        Map<UUID, KeptHead> heads = read();
        KeptHead head = new KeptHead(last.number(), last.seal());
        if (!head.equals(heads.put(last.incarnation(), head))) {
            write(heads);
        }
    }

    /** Removes the matching incarnations from the file. */
    void forget(BiPredicate<UUID, KeptHead> which) {
        Map<UUID, KeptHead> heads = read();
        if (heads.entrySet().removeIf(each -> which.test(each.getKey(), each.getValue()))) {
            write(heads);
        }
    }

    private void write(Map<UUID, KeptHead> heads) {
        StringBuilder lines = new StringBuilder();
        heads.forEach((incarnation, each) -> lines.append(incarnation)
                .append(' ')
                .append(each.number())
                .append(' ')
                .append(each.seal())
                .append('\n'));
        try {
            OwnFile.replace(file, lines.toString());
        } catch (IOException e) {
            throw new StoreException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
