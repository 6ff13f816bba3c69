// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

@ObjectClassDefinition(name = "Jobyard access", description = "What goes for those that no role lists.")
@interface AccessConfiguration {

    @AttributeDefinition(
            name = "bundles.default",
            description = "What a bundle may do that no role lists: all or none. A named user that no role lists may do"
                    + " nothing, and the local administrator all.",
            options = {@Option("all"), @Option("none")})
    String bundles_default() default AccessSettings.ALL;

    @AttributeDefinition(
            name = "program.bundles",
            description =
                    "The symbolic names of further bundles that may use, and offer, the services by which the host's"
                            + " own bundles meet, with * for any characters and commas between them. Such a bundle can do"
                            + " everything, whatever the roles say. A bundle that runs already must be started anew.",
            required = false)
    String program_bundles() default "";
}
