// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Redis servers of the benchmark's own, which force each write to the disk, as the databases do. Each listens on the loopback only. */
final class Redis implements Databases {

    private static final int TRIES = 100;

    private final Path directory;
    private int created;

    Redis(Path directory) {
        this.directory = directory;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    }

    @Override
    public String title() {
        return "Redis";
    }

    @Override
    public Empty create() throws Exception {
        Path files = Files.createDirectories(directory.resolve("redis" + ++created));
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process server = new ProcessBuilder(
                        "redis-server",
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--save",
                        "",
                        "--dir",
                        files.toString())
                .redirectErrorStream(true)
                .redirectOutput(files.resolve("log").toFile())
                .start();
        Thread killer = new Thread(server::destroyForcibly, "kill-redis");
        Runtime.getRuntime().addShutdownHook(killer);
        awaitPort(port);
        return new Empty(
                "redis://127.0.0.1:" + port,
                "",
                () -> new Usage(Usage.cpuSeconds(server.pid()), 0, Usage.diskBytes(files)),
                () -> {
                    server.destroyForcibly().onExit().join();
                    Runtime.getRuntime().removeShutdownHook(killer);
                });
    }

    private static void awaitPort(int port) throws Exception {
        IOException last = new IOException("redis-server did not start");
        for (int i = 0; i < TRIES; i++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                last = e;
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw last;
    }
}
