// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.util.Optional;

/** A way to keep the processes of a run together. A host chooses one when it starts. */
interface ProcessContainment {

    /** The shell of the system. It runs only fixed texts of this bundle, which take command lines as their arguments. */
    String SHELL = "/bin/sh";

    /** Returns a new, empty tree for a run, such as {@code ID:RUN}. */
    ProcessTree create(String run) throws IOException;

    /** Returns a phrase that says how processes are kept, for the log and the doctor. */
    String description();

    /** Returns which processes may outlive their run; empty if none that the host may kill. */
    Optional<String> gap();
}
