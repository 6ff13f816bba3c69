// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.spi.AuditRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The last known row of each life's audit, in a file outside the database: a line {@code LIFE NUMBER SEAL} each. */
final class AuditHeads {

    /** A row of an audit. */
    record Head(long number, String seal) {}

    private final Path file;

    AuditHeads(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    Map<UUID, Head> read() {
        Map<UUID, Head> heads = new TreeMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    String[] words = line.split(" ");
                    heads.put(UUID.fromString(words[0]), new Head(Long.parseLong(words[1]), words[2]));
                }
            }
            return heads;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(AuditRow last) {
        Map<UUID, Head> heads = read();
        Head head = new Head(last.number(), last.seal());
        if (head.equals(heads.put(last.incarnation(), head))) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        heads.forEach((life, each) -> lines.append(life)
                .append(' ')
                .append(each.number())
                .append(' ')
                .append(each.seal())
                .append('\n'));
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(file.getParent(), "heads", null); // for its owner alone
            Files.writeString(next, lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
