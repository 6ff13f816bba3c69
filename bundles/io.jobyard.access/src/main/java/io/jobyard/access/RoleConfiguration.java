// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What its members may do. */
@ObjectClassDefinition(
        name = "Jobyard role",
        description = "What its members may do; a file for each role: etc/io.jobyard.roles-NAME.cfg. Who has several roles"
                + " may do what any of them allows.")
@interface RoleConfiguration {

    @AttributeDefinition(
            name = "members",
            description = "Who has the role: user:NAME and bundle:SYMBOLIC.NAME, separated by commas. Required.")
    String members();

    @AttributeDefinition(
            name = "permissions",
            description = "What they may do, separated by commas: submit, view, view:all, cancel, cancel:all, retry,"
                    + " retry:all, operate, admin, impersonate. Those without :all go for one's own jobs. Required.")
    String permissions();

    @AttributeDefinition(
            name = "priority.best",
            description = "The most urgent level of the members' jobs, 1 to 100: a job that asks beyond gets this one, and"
                    + " its history says so. Any level if left out.",
            required = false)
    String priority_best() default "";
}
