// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.Map;

/** The server's description of itself. */
record Instructions(String version) {

    /** Instructions for models. */
    static final String TEXT =
            "Jobyard runs durable jobs. The tools named jobyard_… manage jobs; each other tool submits a job"
                    + " of the type of its name, and returns its result. A submitted job survives restarts and lost"
                    + " connections: do not submit it twice, get it by its ID. jobyard_explain_job returns why a job waits.";

    Map<String, Object> server() {
        return Map.of("name", "jobyard", "title", "Jobyard", "version", version);
    }
}
