# Runs QKV on Windows, building it first where the sources have changed since the last build: what
# the script qkv does elsewhere, by the same rules. qkv.cmd starts this.
$ErrorActionPreference = 'Stop'
$here = $PSScriptRoot
$oldest = 25
$longest = 900 # seconds that another build is waited for
$chinese = if ($env:LANG) { $env:LANG -like 'zh*' } else { (Get-UICulture).Name -like 'zh*' }

# Whether a page in a file is wanted: the sheet for browsers takes long to compile, and few need it.
$offline = $args.Count -gt 0 -and $args[0] -in 'solve', 'check' -and @($args -match '^--html(=|$)').Count -gt 0

function Say([string] $english, [string] $zh) {
    [Console]::Error.WriteLine('qkv: ' + $(if ($chinese) { $zh } else { $english }))
}

# The feature version of the Java in a folder, from its release file: nothing has to be started.
function Get-JavaVersion([string] $folder) {
    $release = Join-Path $folder 'release'
    if (-not (Test-Path (Join-Path $folder 'bin\java.exe')) -or -not (Test-Path $release)) { return 0 }
    $line = Select-String -Path $release -Pattern '^JAVA_VERSION="(\d+)' | Select-Object -First 1
    if ($line) { [int] $line.Matches[0].Groups[1].Value } else { 0 }
}

function Find-JavaHome {
    $onPath = Get-Command java.exe -ErrorAction SilentlyContinue | Select-Object -First 1
    $candidates = @($env:QKV_JAVA_HOME, $env:JAVA_HOME)
    if ($onPath) { $candidates += Split-Path (Split-Path $onPath.Source) }
    $vendors = 'Eclipse Adoptium', 'Java', 'Microsoft', 'Amazon Corretto', 'Zulu', 'BellSoft'
    foreach ($vendor in $vendors) {
        $candidates += Get-ChildItem (Join-Path $env:ProgramFiles $vendor) -Directory -ErrorAction SilentlyContinue |
            ForEach-Object FullName
    }
    $candidates += Get-ChildItem (Join-Path $env:USERPROFILE '.jdks') -Directory -ErrorAction SilentlyContinue |
        ForEach-Object FullName
    $candidates | Where-Object { $_ -and (Get-JavaVersion $_) -ge $oldest } | Select-Object -First 1
}

# One number for the names and the contents of everything that the build reads.
function Get-Fingerprint {
    $files = @('pom.xml', 'bom\pom.xml')
    $folders = @('examples\kinds')
    foreach ($module in 'engine', 'nn', 'sheet', 'app', 'browser') {
        $files += "$module\pom.xml"
        $folders += if ($module -eq 'browser') { "$module\src" } else { "$module\src\main" }
    }
    $files += $folders | ForEach-Object { Get-ChildItem (Join-Path $here $_) -Recurse -File } |
        ForEach-Object { $_.FullName.Substring($here.Length + 1) }
    $lines = $files | Sort-Object | ForEach-Object { $_ + ' ' + (Get-FileHash (Join-Path $here $_)).Hash }
    $bytes = [Text.Encoding]::UTF8.GetBytes($lines -join "`n")
    (Get-FileHash -InputStream ([IO.MemoryStream]::new($bytes))).Hash
}

# Where the build goes: beside the sources, or to the user's folder where nobody may write there.
function Get-State {
    try {
        $beside = Join-Path $here '.qkv'
        New-Item -ItemType Directory -Force $beside | Out-Null
        $probe = Join-Path $beside "probe.$PID"
        Set-Content $probe ''
        Remove-Item $probe
        return $beside
    } catch {
        $bytes = [Text.Encoding]::UTF8.GetBytes($here)
        $name = (Get-FileHash -InputStream ([IO.MemoryStream]::new($bytes))).Hash.Substring(0, 12)
        $cache = Join-Path $env:LOCALAPPDATA "qkv\$name"
        New-Item -ItemType Directory -Force $cache | Out-Null
        return $cache
    }
}

function Test-Current {
    $stamp = Join-Path $state 'stamp'
    (Test-Path (Join-Path $state 'modules')) -and (Test-Path $stamp) -and
        ((Get-Content $stamp -Raw).Trim() -eq $now) -and
        (-not $offline -or (Test-Path (Join-Path $state 'modules\qkv-browser.jar')))
}

# Windows gives a file back that is held open when its owner ends, however it ends.
function Enter-Lock {
    try { [IO.File]::Open((Join-Path $state 'lock'), 'OpenOrCreate', 'Write', 'None') } catch { $null }
}

function Build {
    Say 'building, because the sources changed (about a minute the first time) ...' '源码有变化，正在构建（首次约需一分钟）...'
    if ($offline) { Say 'and compiling the sheet for browsers, about two minutes more' '也为浏览器编译公式表，约需两分钟' }
    $sources = $here
    if (-not $state.StartsWith($here)) {
        $sources = Join-Path $state 'sources'
        Remove-Item $sources -Recurse -Force -ErrorAction SilentlyContinue
        foreach ($part in 'pom.xml', 'bom\pom.xml', 'engine\pom.xml', 'nn\pom.xml', 'sheet\pom.xml', 'app\pom.xml',
            'browser\pom.xml', 'engine\src\main', 'nn\src\main', 'sheet\src\main', 'app\src\main',
            'browser\src', 'examples\kinds') {
            New-Item -ItemType Directory -Force (Split-Path (Join-Path $sources $part)) | Out-Null
            Copy-Item (Join-Path $here $part) (Join-Path $sources $part) -Recurse
        }
    }
    $maven = if (Get-Command mvn.cmd -ErrorAction SilentlyContinue) { 'mvn.cmd' } else { Join-Path $here 'mvnw.cmd' }
    $log = Join-Path $state 'build.log'
    $env:JAVA_HOME = $javaHome
    Push-Location $sources
    $profiles = @(if ($offline) { '-Pbrowser' })
    & $maven -B -ntp -Dlaunch @profiles '-Dmaven.test.skip=true' "-Dgit.directory=$here\.git" package *> $log
    $code = $LASTEXITCODE
    Pop-Location
    if ($code -ne 0) {
        Select-String -Path $log -Pattern '^\[ERROR\]' | Select-Object -First 12 |
            ForEach-Object { [Console]::Error.WriteLine($_.Line) }
        Say "the build failed; the whole log is in $log" "构建失败，完整记录在 $log"
        exit 2
    }
    # A copy of its own, so that no other build changes what runs here; the stamp makes it whole.
    foreach ($part in 'stamp', 'aot', 'modules') {
        Remove-Item (Join-Path $state $part) -Recurse -Force -ErrorAction SilentlyContinue
    }
    Copy-Item (Join-Path $sources 'app\target\modules') (Join-Path $state 'modules') -Recurse
    if ($offline) { Copy-Item (Join-Path $sources 'browser\target\qkv-browser.jar') (Join-Path $state 'modules') }
    # A training run, so that later runs start from loaded and linked classes.
    $examples = Get-ChildItem (Join-Path $here 'examples') -Filter *.md | ForEach-Object FullName
    & $java "-XX:AOTCacheOutput=$(Join-Path $state 'aot')" @sheets -cp (Get-ClassPath) dev.qkv.app.cli.Warmup @examples *> (Join-Path $state 'aot.log')
    Set-Content (Join-Path $state 'stamp') $now
}

function Get-ClassPath {
    (Get-ChildItem (Join-Path $state 'modules') -Filter *.jar | ForEach-Object FullName) -join ';'
}

$javaHome = Find-JavaHome
if (-not $javaHome) {
    Say "needs a JDK $oldest or newer: install one (Eclipse Temurin $oldest, for example) or set QKV_JAVA_HOME to its folder" "需要 JDK $oldest 或更新版本：请安装（例如 Eclipse Temurin $oldest），或将 QKV_JAVA_HOME 设为其目录"
    exit 2
}
$java = Join-Path $javaHome 'bin\java.exe'
# As in qkv: the quick compiler and the class path for worksheets, the best one and the module path,
# which brings the Vector API, for arrays.
$sheets = '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xlog:disable', '-Xlog:all=off'
$arrays = '-XX:+UseSerialGC', '-Xlog:disable', '-Xlog:all=off'

$state = Get-State
$now = Get-Fingerprint
$waited = 0
while (-not (Test-Current)) {
    $lock = Enter-Lock
    if ($lock) {
        try { if (-not (Test-Current)) { Build } } finally { $lock.Dispose() }
    } else {
        if ($waited -eq 0) { Say "waiting for another build to end, $longest s at most" "等待另一个构建完成，最多 $longest 秒" }
        if ($waited -ge $longest) {
            Say "the other build has not ended within $longest s: end it" "另一个构建 $longest 秒内没有完成：请结束它"
            exit 2
        }
        $waited++
        Start-Sleep 1
    }
}

$options = @($env:QKV_JAVA_OPTIONS -split ' ' | Where-Object { $_ })
if (($args.Count -gt 0 -and $args[0] -in 'attend', 'bench', 'train', '-V', '--version') -or $args -contains '--verify') {
    & $java @arrays @options -p (Join-Path $state 'modules') -m dev.qkv.app/dev.qkv.app.cli.Qkv @args
} else {
    $aot = Join-Path $state 'aot'
    $cache = @(if (Test-Path $aot) { "-XX:AOTCache=$aot" })
    & $java @cache @sheets @options -cp (Get-ClassPath) dev.qkv.app.cli.Qkv @args
}
exit $LASTEXITCODE
