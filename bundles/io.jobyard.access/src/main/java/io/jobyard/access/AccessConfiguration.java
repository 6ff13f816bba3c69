// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "Jobyard access", description = "Permissions of bundles that no role lists.")
@interface AccessConfiguration {

    @AttributeDefinition(
            name = "bundles.default",
            description = "Permissions of a bundle that no role lists: all or none. A named user that no role lists has"
                    + " no permissions, and the local administrator has all.",
            options = {@Option("all"), @Option("none")})
    String bundles_default() default AccessSettings.ALL;

    @AttributeDefinition(
            name = "program.bundles",
            description = "Symbolic names of additional bundles that may use and register the host's internal services,"
                    + " separated by commas; * matches any characters. Such a bundle can do everything, regardless of"
                    + " roles. If such a bundle is already running, restart it.",
            required = false)
    String program_bundles() default "";
}
