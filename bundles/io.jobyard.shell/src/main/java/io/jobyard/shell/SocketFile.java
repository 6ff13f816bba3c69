// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** File of the socket: in the data directory, or at the path in the file {@code shell.path} there. */
final class SocketFile {

    /** The kernel's limit is 107 bytes; a tool may add a prefix. */
    private static final int LONGEST_PATH = 100;

    private static final String PRIVATE = "jobyard-shell-";

    private final Path pointer;
    private final Path usual;

    SocketFile(Path data) {
        usual = data.toAbsolutePath().normalize().resolve("shell.sock");
        pointer = usual.resolveSibling("shell.path");
    }

    ServerSocketChannel open() throws IOException {
        // A killed host does not remove its socket. The launcher makes sure that no other host runs.
        remove();
        Files.createDirectories(usual.getParent());
        Path path = usual;
        if (usual.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            path = Files.createTempDirectory(PRIVATE).resolve("shell.sock");
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
            if (!path.equals(usual)) {
                Files.writeString(pointer, path + "\n");
            }
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    void remove() throws IOException {
        Files.deleteIfExists(usual);
        if (Files.exists(pointer)) {
            Path elsewhere = Path.of(Files.readString(pointer).strip());
            Path directory = elsewhere.getParent();
            if (directory != null && directory.getFileName().toString().startsWith(PRIVATE)) {
                Files.deleteIfExists(elsewhere);
                Files.deleteIfExists(directory);
            }
            Files.delete(pointer);
        }
    }
}
