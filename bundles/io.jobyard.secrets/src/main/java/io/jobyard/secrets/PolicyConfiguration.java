// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of a secrets policy. */
@ObjectClassDefinition(
        name = "Jobyard secrets policy",
        description =
                "A policy that allows jobs to use secrets; one file per policy: etc/io.jobyard.secrets-NAME.cfg. All keys"
                        + " that are set must match. With several policies, one match is enough; without a policy, no job gets"
                        + " a secret. Separate names by commas; * matches any characters: llm_*,embed.")
@interface PolicyConfiguration {

    @AttributeDefinition(name = "secrets", description = "Names of the secrets that the policy allows. Required.")
    String secrets();

    @AttributeDefinition(
            name = "types",
            description = "Types of the jobs that may use the secrets. Default: any type.",
            required = false)
    String types() default "";

    @AttributeDefinition(
            name = "bundles",
            description = "Symbolic names of the bundles whose handlers may get the secrets. Default: any bundle.",
            required = false)
    String bundles() default "";

    @AttributeDefinition(
            name = "roles",
            description = "Names of roles. The submitter must have one of them, and that role must allow the submit."
                    + " Default: jobs of any submitter.",
            required = false)
    String roles() default "";

    @AttributeDefinition(
            name = "uses",
            description =
                    "Permitted uses: header (sent to the origin of the request), sign (signs requests to the origin; the"
                            + " secret itself is not sent), field (any other marked field, and secrets that a handler"
                            + " requests by name).",
            required = false)
    String uses() default "field";

    @AttributeDefinition(
            name = "origins",
            description = "Origins of the requests, for example https://api.example.com, https://*.example.com:8443."
                    + " Required for header and sign.",
            required = false)
    String origins() default "";
}
