// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** A framework that runs an instance: all that settings ask of it. */
public final class InstanceContext {

    private InstanceContext() {}

    public static BundleContext of(Path instance) {
        return Stub.<BundleContext>of(BundleContext.class)
                .on("getProperty", arguments -> {
                    if (!arguments[0].equals("jobyard.instance")) {
                        throw new Unexpected("property " + arguments[0], "it has jobyard.instance alone");
                    }
                    return instance.toString();
                })
                .get();
    }
}
