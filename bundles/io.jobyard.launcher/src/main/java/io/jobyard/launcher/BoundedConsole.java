// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Standard output to a file of bounded size, to which the JVM appends too. A full file is copied to the single old file
 * and truncated, so that no process has to reopen it.
 */
final class BoundedConsole extends OutputStream {

    private static final long MOST = 10_485_760;

    private final OutputStream out;
    private final Path file;
    private final Path old;
    private final long most;

    BoundedConsole(OutputStream out, Path file, Path old, long most) {
        this.out = out;
        this.file = file;
        this.old = old;
        this.most = most;
    }

    /** Redirects all output of the process, including that of handlers. */
    static void install(InstanceDirectory instance) {
        PrintStream console = new PrintStream(
                new BoundedConsole(
                        new FileOutputStream(FileDescriptor.out), instance.console(), instance.oldConsole(), MOST),
                true);
        System.setOut(console);
        System.setErr(console);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            long room = most - Files.size(file);
            if (room <= 0) {
                roll();
                room = most;
            }
            int part = (int) Math.min(room, length - done);
            out.write(bytes, offset + done, part);
            done += part;
        }
    }

    /** Writes nothing while this fails, so that the bound holds. */
    private void roll() throws IOException {
        Files.deleteIfExists(old);
        OwnerOnlyFiles.copy(file, old);
        FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
    }
}
