// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Location of a host's admin socket. */
final class ShellAddress {

    private ShellAddress() {}

    /** Connects, or fails if no host accepts commands there. */
    static SocketChannel connect(Path instance) throws IOException {
        Path data = instance.toAbsolutePath().normalize().resolve("data");
        Path pointer = data.resolve("shell.path");
        Path socket = Files.exists(pointer) ? Path.of(Files.readString(pointer).strip()) : data.resolve("shell.sock");
        if (!Files.exists(socket)) {
            throw new IOException("socket not found: " + socket);
        }
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }
}
