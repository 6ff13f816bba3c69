// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** A framework that runs an instance: all that settings ask of it. */
final class InstanceFixture {

    private InstanceFixture() {}

    static BundleContext context(Path instance) {
        return (BundleContext) Proxy.newProxyInstance(
                InstanceFixture.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getProperty") || !arguments[0].equals("jobyard.instance")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return instance.toString();
                });
    }
}
