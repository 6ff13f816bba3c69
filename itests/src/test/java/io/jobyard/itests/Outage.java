// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.nio.file.Files;
import java.nio.file.Path;

/** The database of a {@link FaultyProgram} is away for a while. */
final class Outage {

    /** What happens meanwhile. */
    interface Meanwhile {
        void happens() throws Exception;
    }

    private Outage() {}

    static void of(HostProcess host, Meanwhile meanwhile) throws Exception {
        Path away = Files.createFile(host.instance().resolve("away"));
        try {
            meanwhile.happens();
        } finally {
            Files.delete(away);
        }
    }
}
