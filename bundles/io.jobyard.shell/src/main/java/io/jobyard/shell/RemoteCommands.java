// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.settings.api.command.ShellCall;
import io.jobyard.settings.api.command.ShellRunner;
import io.jobyard.spi.error.ErrorCode;
import io.jobyard.views.api.RequestFault;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Runs commands without Gogo. A caller can only run commands, and Gogo does not change their arguments. */
@Component(service = ShellRunner.class)
public final class RemoteCommands implements ShellRunner {

    private final ShellServices host;

    @Activate
    public RemoteCommands(@Reference ShellServices host) {
        this.host = host;
    }

    @Override
    public int run(ShellCall call) {
        Screen screen = Screen.of(call);
        List<String> words = call.words();
        String name = words.get(0);
        return Commands.find(host.commands(), name)
                .map(found -> CommandFunction.of(found, host).call(words.subList(1, words.size()), screen))
                .orElseGet(() -> CommandFunction.failed(
                        screen,
                        words.contains("--json"),
                        RequestFault.of(
                                ErrorCode.USAGE,
                                "unknown command '" + name + "'" + Commands.didYouMean(name)
                                        + "; help lists the commands")));
    }
}
