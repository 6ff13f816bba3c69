// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Check whether a started bundle serves jobs. */
interface Activation {

    /** {@code before} is the bundle to be replaced; null for a new bundle. */
    DeployOutcome outcome(Bundle bundle, @Nullable Bundle before);

    /** Activates failed components again if their failure may have ended without a new jar. */
    void retry(Bundle bundle);

    /** Returns whether the bundle offers any handler. */
    boolean serves(Bundle bundle);
}
