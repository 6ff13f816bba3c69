// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder on a disk of its own, as small as wanted, for those processes that are started into it. Needs a Linux that lets
 * its users have mounts of their own (unshare).
 */
final class SmallDisk implements AutoCloseable {

    private static final byte[] BLOCK = new byte[4096];

    private final Path folder;
    private final Process holder;

    /** Of so many megabytes. */
    SmallDisk(Path folder, int megabytes) throws IOException {
        this(folder, "mode=700,size=" + megabytes + "m");
    }

    /** With these options of {@code mount}. */
    SmallDisk(Path folder, String options) throws IOException {
        this.folder = Files.createDirectories(folder);
        holder = new ProcessBuilder(
                        "unshare",
                        "-Urm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o " + options + " disk '" + folder + "' && echo mounted && exec sleep 3600")
                .redirectErrorStream(true)
                .start();
        BufferedReader said = holder.inputReader(UTF_8);
        String line = said.readLine();
        if (!"mounted".equals(line)) {
            throw new IOException("no disk of its own here: " + line);
        }
    }

    static boolean isPossible() {
        try {
            return new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "disk", "/mnt")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands before a command that is to see the disk. */
    List<String> entrance() {
        return List.of("nsenter", "-t", String.valueOf(holder.pid()), "-U", "-m", "--preserve-credentials");
    }

    /** Where a file that is on the disk is for those who do not see it. */
    Path seen(Path file) {
        return Path.of("/proc/" + holder.pid() + "/root" + file);
    }

    /** Leaves no room. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler())) {
            while (true) {
                filler.write(BLOCK);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** Makes room again. */
    void clear() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return seen(folder.resolve("filler"));
    }

    /** Returns when nobody sees it through its holder any more. */
    @Override
    public void close() {
        holder.destroyForcibly().onExit().join();
    }
}
