// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code etc/io.jobyard.http.cfg}, which sets the host's HTTP port.
 *
 * @param file the file
 * @param port the port; null if it is not set
 */
record WebFile(Path file, @Nullable String port) {

    private static final String NAME = "io.jobyard.http.cfg";
    private static final int USUAL = 8080;
    private static final int TRIED = 100;
    private static final String NEW = """
            # HTTP access for browsers and programs. Changes apply while the host runs.

            # TCP port. Without a port, HTTP is off.
            port = %d

            # Address of this machine on which to listen. 127.0.0.1 accepts only users of this machine. 0.0.0.0 accepts
            # connections from the network and requires a certificate (tls.keystore).
            #bind.address = 127.0.0.1
            """;

    static WebFile of(InstanceDirectory instance) throws IOException {
        Path file = instance.etc().resolve(NAME);
        Properties web = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                web.load(reader);
            }
        }
        return new WebFile(file, web.getProperty("port"));
    }

    /** Writes a free port into the file and leaves the rest unchanged. */
    void open() throws IOException {
        String text = Files.exists(file) ? withPort(Files.readString(file), freePort()) : NEW.formatted(freePort());
        Path next = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(next);
        OwnerOnlyFiles.write(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Replaces the example of the port, or adds a line at the end. */
    private static String withPort(String text, int port) {
        String named = text.replaceFirst("(?m)^#\\s*port\\s*=.*$", "port = " + port);
        if (!named.equals(text)) {
            return named;
        }
        return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + "port = " + port + "\n";
    }

    /** Returns the usual port, or the next free one. */
    private static int freePort() {
        for (int port = USUAL; port < USUAL + TRIED; port++) {
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                continue; // the port is in use
            }
        }
        throw new LaunchException("ports " + USUAL + " to " + (USUAL + TRIED - 1)
                + " are all in use: set another port in etc/" + NAME + ", for example port = 18080");
    }
}
