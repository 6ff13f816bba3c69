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
 * Standard output that is a file to whose end everybody writes, the JVM itself too. When it is full, it is copied to the
 * one old file and begins anew; nobody has to open it again for that. Safe for use by several threads.
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

    /** From now on that is where all that is printed goes, by handlers too. */
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

    /** Nothing is written while this fails, so that the bound holds also then. */
    private void roll() throws IOException {
        Files.deleteIfExists(old);
        OwnerOnlyFiles.copy(file, old);
        FileChannel.open(file, StandardOpenOption.WRITE).truncate(0).close();
    }
}
