// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The clock of a {@link FaultyProgram}, beside that of everybody else. */
final class ShiftedClock {

    private final Path file;

    ShiftedClock(Path instance) {
        file = instance.resolve("clock");
    }

    /** The host's clock is ahead by so much from now on. */
    void jumpTo(Duration ahead) throws IOException {
        Path next = Files.writeString(file.resolveSibling("clock.next"), String.valueOf(ahead.toSeconds()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The host's clock jumps forth by so much. */
    void jumpBy(Duration forth) {
        try {
            long ahead = Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
            jumpTo(forth.plusSeconds(ahead));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
