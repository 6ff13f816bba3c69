// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.itests.faults.Mode;
import io.jobyard.itests.faults.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The fault that is set in a {@link FaultyProgram}. */
final class FaultFile {

    private final Path file;
    private final Path struck;

    FaultFile(Path instance) {
        file = instance.resolve("fault");
        struck = instance.resolve("fault.struck");
    }

    /** The next who comes by sets it off. */
    void set(Point point, Mode mode) throws IOException {
        Files.deleteIfExists(struck);
        Path next = Files.writeString(file.resolveSibling("fault.next"), point + " " + mode);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    boolean hasStruck() {
        return Files.exists(struck);
    }

    /** Nobody is to set it off any more; false if somebody has. */
    boolean takeBack() throws IOException {
        return Files.deleteIfExists(file);
    }
}
