package io.flaremail.inbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** Chromium without a window, with a profile of its own. Where Chromium or its driver is missing, the test is skipped with the reason. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;
    private final Path downloads;

    /** @param folder for the profile and downloads */
    private Browser(Path folder) {
        downloads = folder.resolve("downloads");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        service.sendOutputTo(OutputStream.nullOutputStream());
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
    }

    static Browser start(Path folder) {
        for (Path program : List.of(CHROMIUM, DRIVER)) {
            boolean there = Files.isExecutable(program);
            if (!there) {
                System.out.println("SKIPPED: the inbox in a browser, since there is no " + program);
            }
            assumeTrue(there, "there is no " + program);
        }
        return new Browser(folder);
    }

    Path downloads() {
        return downloads;
    }

    void open(String url) {
        driver.get(url);
    }

    /** Runs a script in the page and returns its value. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits until this JavaScript expression is true in the page. */
    void await(String condition) {
        String loop = "const done = arguments[arguments.length - 1];"
                + "const look = () => { let yes = false; try { yes = Boolean(" + condition + "); } catch (error) {}"
                + " if (yes) { done(true); } else { setTimeout(look, 20); } }; look();";
        try {
            driver.executeAsyncScript(loop);
        } catch (ScriptTimeoutException e) {
            throw new AssertionError("not true in time: " + condition + "\nin the page:\n" + text("body"), e);
        } catch (JavascriptException e) {
            throw new AssertionError("not a condition: " + condition, e);
        }
    }

    /** Waits until an element is there and has this text in it. */
    void awaitText(String css, String text) {
        await("[...document.querySelectorAll(" + quoted(css)
                + ")].some(e => e.innerText.replace(/\\s+/g, ' ').includes(" + quoted(text) + "))");
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }

    WebElement find(String css) {
        await("document.querySelector(" + quoted(css) + ")");
        return driver.findElement(By.cssSelector(css));
    }

    void click(String css) {
        find(css).click();
    }

    /** Clicks the button or link with this text. */
    void clickText(String text) {
        String xpath = "//*[self::a or self::button][normalize-space(.)=" + '"' + text + '"' + "]";
        await("document.evaluate(" + quoted(xpath) + ", document, null, 9, null).singleNodeValue");
        driver.findElement(By.xpath(xpath)).click();
    }

    void type(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    String text(String css) {
        return (String) script("return document.querySelector(arguments[0])?.innerText ?? ''", css);
    }

    List<String> texts(String css) {
        @SuppressWarnings("unchecked")
        List<String> texts = (List<String>)
                script("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())", css);
        return texts;
    }

    /** Continues in the frame of the message, in which the page's elements cannot be found. */
    void enterFrame() {
        driver.switchTo().frame(find("iframe"));
    }

    void leaveFrame() {
        driver.switchTo().defaultContent();
    }

    /** Continues in the tab that was opened last. */
    void enterNewTab() {
        List<String> tabs = List.copyOf(driver.getWindowHandles());
        driver.switchTo().window(tabs.get(tabs.size() - 1));
    }

    /** Closes all tabs but the first, and continues there. */
    void closeOtherTabs() {
        List<String> tabs = List.copyOf(driver.getWindowHandles());
        tabs.subList(1, tabs.size())
                .forEach(tab -> driver.switchTo().window(tab).close());
        driver.switchTo().window(tabs.get(0));
    }

    int tabs() {
        return driver.getWindowHandles().size();
    }

    boolean hasDialog() {
        try {
            driver.switchTo().alert();
            return true;
        } catch (org.openqa.selenium.NoAlertPresentException e) {
            return false;
        }
    }

    void grantClipboard(String origin) {
        driver.executeCdpCommand(
                "Browser.grantPermissions",
                Map.of("origin", origin, "permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    }

    void emulate(String scheme, int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What axe-core finds to be a serious or critical violation in the page. */
    List<?> violations() throws IOException {
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run(document, { iframes: false }).then(result => done(result.violations"
                + ".filter(each => ['serious', 'critical'].includes(each.impact))"
                + ".flatMap(each => each.nodes.map(node => each.id + ': ' + node.html.slice(0, 200) + ' '"
                + " + (node.any[0]?.message ?? '')))), error => done(['axe: ' + error]));");
    }

    @Override
    public void close() {
        driver.quit();
    }
}
