// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.JobyardClientException;
import io.jobyard.spi.text.VisibleText;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a remote command reads and prints. What a host says is escaped, so that it does not control the reader's terminal.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 */
record RemoteScreen(InputStream in, PrintStream out, PrintStream err) {

    void line(String text) {
        out.println(VisibleText.line(text));
    }

    void lines(String text) {
        out.println(VisibleText.lines(text));
    }

    void error(String text) {
        err.println(VisibleText.line(text));
    }

    /** As the host said it. */
    void json(JsonNode document) {
        line(RemoteCommand.compact(document));
    }

    int failed(String what) {
        error("jobyard: " + what);
        return 1;
    }

    int failed(Exception e) {
        boolean known = e instanceof JobyardClientException || e instanceof RemoteUsageException;
        return failed(known ? String.valueOf(e.getMessage()) : e.toString());
    }
}
