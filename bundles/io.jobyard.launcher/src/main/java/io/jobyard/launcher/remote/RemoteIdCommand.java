// SPDX-License-Identifier: Apache-2.0
package io.jobyard.launcher.remote;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Parameters;

/** A command about one job. */
abstract class RemoteIdCommand extends RemoteCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The job's id.")
    String id = "";

    /** The address of the job, and of something about it. */
    final String path(String rest) {
        return path(id, rest);
    }

    static String path(String id, String rest) {
        return JOBS + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + rest;
    }
}
