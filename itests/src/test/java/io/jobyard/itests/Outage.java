// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The database of a {@link FaultyProgram} is away until this is closed. */
final class Outage implements AutoCloseable {

    private final Path away;

    Outage(HostProcess host) throws IOException {
        away = Files.createFile(host.instance().resolve("away"));
    }

    @Override
    public void close() throws IOException {
        Files.delete(away);
    }
}
