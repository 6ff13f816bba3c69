// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import java.util.Map;

/** The server's description of itself. */
record Instructions(String version) {

    /** Instructions for models. */
    static final String TEXT =
            "Jobyard runs durable jobs. The tools named jobyard_… look after jobs; each other tool submits a job"
                    + " of the type that it is named after, and gives its result. A job that is submitted survives restarts and lost"
                    + " connections: do not submit it twice, ask for it by its id. jobyard_explain_job says why a job waits.";

    Map<String, Object> server() {
        return Map.of("name", "jobyard", "title", "Jobyard", "version", version);
    }
}
