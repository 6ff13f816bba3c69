// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.spi.access.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Serves the Model Context Protocol on streams, for example standard input and output. */
@FunctionalInterface
@ProviderType
public interface ModelContextServer {

    /**
     * Serves one client until its input ends and all its requests are answered.
     *
     * @param in messages of the client, one per line
     * @param out receives the answers, one per line, and no other output
     * @throws IOException if the client cannot be read
     * @throws InterruptedException if the thread is interrupted; jobs that the client has submitted continue
     */
    void serve(Caller caller, InputStream in, OutputStream out) throws IOException, InterruptedException;
}
