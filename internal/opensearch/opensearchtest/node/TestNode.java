import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.opensearch.Version;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.index.mapper.MapperExtrasModulePlugin;
import org.opensearch.env.Environment;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * A node of OpenSearch for tests, in this process. Arguments: its folder, then settings as name=value. It
 * prints "started" and stays until it is killed or its standard input ends.
 *
 * OpenSearch's own command needs an unpacked distribution and does not run as root.
 */
final class TestNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
        Netty4ModulePlugin.class,
        CommonAnalysisModulePlugin.class,
        MapperExtrasModulePlugin.class,
        PainlessModulePlugin.class);

    private TestNode(Environment environment) {
        super(environment, modules(), true);
    }

    private static List<PluginInfo> modules() {
        List<PluginInfo> out = new ArrayList<>();
        for (Class<? extends Plugin> module : MODULES) {
            String name = module.getName();
            String java = System.getProperty("java.specification.version");
            out.add(new PluginInfo(name, name, "1", Version.CURRENT, java, name, null, List.of(), false));
        }
        return out;
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Settings.Builder settings = Settings.builder().put("path.home", home.toString());
        for (int i = 1; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            settings.put(setting[0], setting[1]);
        }
        Environment environment =
            InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), home.resolve("config"), () -> "test");
        TestNode node = new TestNode(environment);
        node.start();
        System.out.println("started");
        while (System.in.read() >= 0) {
            // until the test ends
        }
        node.close();
        System.exit(0);
    }
}
