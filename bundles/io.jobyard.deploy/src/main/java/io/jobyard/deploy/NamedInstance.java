// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.settings.api.Instance;

/**
 * Guard that keeps this bundle away from the files of a framework that does not belong to a host, for example Karaf.
 */
final class NamedInstance {

    private NamedInstance() {}

    static void require(Instance instance, String directory) {
        if (!instance.isNamed()) {
            throw new IllegalStateException(directory + " is not read: framework property " + Instance.PROPERTY
                    + " is not set, so the directory may belong to another host; in Karaf, remove io.jobyard.deploy");
        }
    }
}
