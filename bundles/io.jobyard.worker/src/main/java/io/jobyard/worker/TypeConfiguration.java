// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which versions of a type's handlers its jobs may take. */
@ObjectClassDefinition(
        name = "Jobyard job type",
        description =
                "Which versions of a job type's handlers its jobs may take; a file for each type, which is its NAME:"
                        + " etc/io.jobyard.types-NAME.cfg.")
@interface TypeConfiguration {

    @AttributeDefinition(
            name = "versions",
            description = "The OSGi version range that a handler of the type must be in, such as [1.2,2) or [1.2,1.2];"
                    + " 1.2 alone is that or higher. The job's own range counts too; of what both allow the highest"
                    + " version runs. While none is there, jobs of the type wait.")
    String versions();
}
