// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.spi.access.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Speaks the Model Context Protocol on streams, as a program's standard ones. */
@FunctionalInterface
@ProviderType
public interface ModelContextServer {

    /**
     * Serves one client to the end of its input, and until all that it asked is answered.
     *
     * @param in its messages, one a line
     * @param out gets the answers, one a line, and nothing else
     * @throws IOException if the client cannot be read
     * @throws InterruptedException if the thread is interrupted; what the client has submitted goes on
     */
    void serve(Caller caller, InputStream in, OutputStream out) throws IOException, InterruptedException;
}
