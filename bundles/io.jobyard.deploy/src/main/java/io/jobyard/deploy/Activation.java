// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Knows whether a started bundle serves jobs, and if not, why. */
interface Activation {

    /** {@code before} is the bundle to be replaced; null if there is none. */
    DeployOutcome outcome(Bundle bundle, @Nullable Bundle before);

    /** Activates its components again whose failure may have ended without another jar. */
    void retry(Bundle bundle);

    /** Whether it offers any handler. */
    boolean serves(Bundle bundle);
}
