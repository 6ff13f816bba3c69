// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Knows what became of bundles that have started. */
interface Activation {

    /** With the bundle that it is to take the place of; null if there is none. */
    DeployOutcome fate(Bundle bundle, @Nullable Bundle before);

    /** Whether any handler of it is there. */
    boolean serves(Bundle bundle);
}
