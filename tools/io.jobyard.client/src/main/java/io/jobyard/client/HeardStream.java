// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/** Answer that fails after a long silence, because a lost network connection reports nothing. */
final class HeardStream extends FilterInputStream {

    private final long silenceNanos;
    private volatile long heardNanos = System.nanoTime();

    HeardStream(InputStream in, long silenceNanos) {
        super(in);
        this.silenceNanos = silenceNanos;
        Thread watch = new Thread(this::watch, "jobyard-client-silence");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        heardNanos = System.nanoTime();
        return count;
    }

    private void watch() {
        try {
            for (long left = silenceNanos; left > 0; left = heardNanos + silenceNanos - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(left);
            }
            close();
        } catch (InterruptedException | IOException e) {
            return; // nobody waits any more
        }
    }
}
