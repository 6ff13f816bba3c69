// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the code of a class lies. */
public final class CodeLocation {

    private CodeLocation() {}

    /** The jar of a class. */
    public static Path of(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
