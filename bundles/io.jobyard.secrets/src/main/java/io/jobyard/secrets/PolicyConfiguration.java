// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who may use which secrets. */
@ObjectClassDefinition(
        name = "Jobyard secrets policy",
        description =
                "Who may use which secrets; a file for each policy: etc/io.jobyard.secrets-NAME.cfg. All keys that are"
                        + " given must match; of several policies one is enough; without any, no job gets a secret. Names"
                        + " have * for any characters, and commas between them: llm_*,embed.")
@interface PolicyConfiguration {

    @AttributeDefinition(name = "secrets", description = "The names of the secrets it is for. Required.")
    String secrets();

    @AttributeDefinition(
            name = "types",
            description = "The types of the jobs that may use them; any type if left out.",
            required = false)
    String types() default "";

    @AttributeDefinition(
            name = "bundles",
            description = "The symbolic names of the bundles whose handlers may get them; any bundle if left out.",
            required = false)
    String bundles() default "";

    @AttributeDefinition(
            name = "roles",
            description =
                    "The names of the roles of which the job's submitter has one, by which it may submit; anybody's"
                            + " job may use them if left out.",
            required = false)
    String roles() default "";

    @AttributeDefinition(
            name = "uses",
            description =
                    "What they may be used for: header, which sends them to the origin of the request; sign, which"
                            + " signs requests to it and sends nothing of them; field, which is any other marked field,"
                            + " and what a handler asks for by name.",
            required = false)
    String uses() default "field";

    @AttributeDefinition(
            name = "origins",
            description = "The origins of those requests, such as https://api.example.com, https://*.example.com:8443."
                    + " Required for header and sign.",
            required = false)
    String origins() default "";
}
