// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.io.IOException;
import java.util.Optional;

/** A way to keep the processes of a run together. The host chooses one at startup. */
interface ProcessContainment {

    /** The system's shell. It runs only constant scripts of this bundle, which get command lines as arguments. */
    String SHELL = "/bin/sh";

    /** Returns a new, empty tree for a run, for example {@code ID:RUN}. */
    ProcessTree create(String run) throws IOException;

    /** Describes the containment, for the log and the doctor. */
    String description();

    /** Returns which processes may outlive their run; empty if the host can kill all processes. */
    Optional<String> gap();
}
